"""One module for each task of the benchmark: the input fields of a set in, its prediction fields out.

Every module has `predict_all(rows, nlp)`, which reads the fields named as input and never a gold one, and yields
one dictionary with `id` and the predicted fields for each row, in order.
"""
