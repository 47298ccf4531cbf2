/** Loaded before the program of a process: answers each message with the resident memory, in bytes. */
process.on('message', () => process.send?.(process.memoryUsage.rss()));
// The channel alone must not keep the process alive.
process.channel?.unref();
