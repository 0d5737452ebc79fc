import { runCli } from './cli.ts';

process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2));
