"""Which missions of the coming weeks fit into what the house has, and the page on which two people choose."""
