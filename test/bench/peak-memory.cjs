/** Preloaded into a program: it then tells at its end, on standard error, how much memory it had at most, in KB. */
process.on('exit', () => process.stderr.write(`\nmaxRSS ${process.resourceUsage().maxRSS}`));
