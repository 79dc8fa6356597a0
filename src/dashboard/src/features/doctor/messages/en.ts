const en = {
  title: 'Check-up',
  hint: 'What an operator should know: versions, places, files, settings and rules that are not safe. Looking changes nothing.',
  again: 'Look again',
  compare: 'Compare files now',
  comparing: 'Files and records are compared …',
  compared: 'Files and records are compared.',
  open: 'Open the page',
  summary: {
    well: 'All is well.',
    warnings_one: 'Nothing is broken; one thing is worth a look.',
    warnings_other: 'Nothing is broken; {{count}} things are worth a look.',
    problems_one: 'One thing does not work or is not safe.',
    problems_other: '{{count}} things do not work or are not safe.',
  },
  gravities: { problem: 'Does not work, or is not safe', warning: 'Worth a look', fact: 'Good to know', good: 'All right' },
  areas: { program: 'Program', database: 'Database', files: 'Files', settings: 'Settings', rules: 'Rules' },
};

export default en;
