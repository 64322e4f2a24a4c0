"""Evidence: taken in, asked about, sealed; looked at as copies; packed for one recipient and one purpose."""
