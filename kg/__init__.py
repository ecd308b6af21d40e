"""Knowledge graphs from Korean news: entities, relations and the sentence behind every edge."""
