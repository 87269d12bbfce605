"""How files are written: whole or not at all, one run after the other, whatever goes wrong."""
