// An entry that draws only when it is asked to.
if (process.argv[2] === 'draw') await (await import('./_screen.tsx')).draw();
else if (process.argv[2] === 'ask') console.log(typeof (await import('inquirer')).default.prompt);
else console.log('drew nothing');

export {};
