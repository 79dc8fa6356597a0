const en = {
  title: 'Schedules',
  hint: 'What is done by itself at certain minutes. With several nodes, one of them does it.',
  columns: { job: 'Job', when: 'When', last: 'Last run', next: 'Next', actions: 'Actions' },
  own: 'your app',
  run: 'Run now: {{id}}',
  runShort: 'Run now',
  begun: '{{id}} has begun. How it went stands here when it has ended.',
  failed: 'failed',
  took: 'took {{time}}',
  noneOwn: 'Your app has no jobs of its own yet. They are added in code: builder.Services.AddHearth().AddJob(…).',
  purposes: {
    audit: 'Remove old audit entries',
    files: 'Compare files with records',
    mails: 'Remove old mails',
    sessions: 'Remove ended sessions',
    tries: 'Forget counted tries',
    backup: 'Take a backup',
    optimize: 'Keep the database quick',
    logs: 'Remove old request logs',
    factors: 'Remove ended first factors',
    codes: 'Remove ended one-time codes',
  },
};

export default en;
