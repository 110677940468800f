"""The drawing, headless: neurons, synapses, inputs, outputs, notes and the edits that change them."""
