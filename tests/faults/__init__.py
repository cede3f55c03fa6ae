"""Faults put into the real, installed program: it is killed, loses power, gets no disk and no lock."""
