// A program of its own that makes a lab, so that a test can kill it: options as JSON.
import { labUp } from '../../source/lab/index.ts';

await labUp(JSON.parse(process.argv[2] ?? '{}'), { report: () => {}, env: process.env });
