"""Who may do what: permissions, roles, grants of roles, and the matrix of everything that can be asked for."""
