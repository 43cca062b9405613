// Loaded before the command line (`node --import`), it makes time fly, so that a run is written at the end of every epoch, as those that
// take long are.
const now = performance.now.bind(performance);
performance.now = () => now() * 10_000;
