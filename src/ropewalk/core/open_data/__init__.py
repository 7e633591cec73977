"""Published statistics: declarations of publications, a reader that loses nothing, and the store they are kept in."""
