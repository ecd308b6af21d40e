"""Writers of the graph in other forms; each sees a NetworkX graph and the Schema."""
