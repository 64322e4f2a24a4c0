"""What goes and when: clocks, holds by two, destroying a case by two, and the page of what goes soon."""
