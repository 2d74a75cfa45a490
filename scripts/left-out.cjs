// Stands for what is not in the bundle: optional native parts and tools for Ink's own developers.
// Whoever requires one of them catches this, and does without.
throw new Error('left out of the bundle');
