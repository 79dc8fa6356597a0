const en = {
  title: 'SQL console',
  hint: 'Looks into the database in its own words. It knows no rules and shows everything, hashes too; each use stands in the audit log.',
  editor: 'SQL',
  run: 'Run',
  running: 'The database works …',
  allow: 'Allow changes',
  allowHint: 'Off: only what reads is sent.',
  held: {
    title: 'This changes something',
    text: 'Changes are not allowed here yet. Records that are changed this way skip rules, hooks and live updates.',
    action: 'Allow changes and run it',
  },
  ask: {
    title: 'Change the database?',
    text: 'The statements run in one transaction, all or none. Rules, hooks and live updates do not take part, and nothing here can take it back. A backup before it can.',
    action: 'Change it',
  },
  result: 'Result',
  none: 'No rows.',
  rows_one: 'One row in {{took}}.',
  rows_other: '{{count}} rows in {{took}}.',
  cut: 'The server gives the first {{count}}.',
  changed_one: 'One row changed in {{took}}.',
  changed_other: '{{count}} rows changed in {{took}}.',
  whole: 'Whole texts',
  copy: 'Copy as CSV',
  history: { title: 'Run before', none: 'What you run appears here, in this browser only.', forget: 'Forget all', failed: 'failed' },
};

export default en;
