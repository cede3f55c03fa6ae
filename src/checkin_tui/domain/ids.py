"""UUIDv7 (RFC 9562, section 5.7): ids that sort by the time they were made, from a given instant and randomness."""

from __future__ import annotations

from uuid import UUID

RANDOM_BYTES = 10


def uuid7(at: int, randomness: bytes) -> UUID:
    """The id for the instant `at` (milliseconds UTC) from ten random bytes (74 of the 80 bits are used)."""
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"uuid7 needs {RANDOM_BYTES} random bytes, not {len(randomness)}")
    rand = int.from_bytes(randomness, "big")
    value = (at & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76
    value |= ((rand >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= rand & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=value)
