"""words: what people read, once for every face."""
