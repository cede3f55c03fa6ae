"""The register out, one module per format."""
