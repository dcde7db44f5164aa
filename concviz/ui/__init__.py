"""The screens, and the only place that knows Textual: what they show is drawn by `drawing` and moved by `stage_model`."""
