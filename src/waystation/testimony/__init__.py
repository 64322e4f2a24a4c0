"""What a witness said: versions that are never overwritten, claims, independence of sources, codes.

Pure values and decisions. Nothing here says that something is true: it says who said it, how they know it, and how many
independent sources there are.
"""
