"""Dead letters: how one is made (`letter`), which there are (`log`), and how they get back into the flow (`redrive`, by `routes`)."""
