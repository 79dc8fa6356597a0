const en = {
  title: 'Requests',
  hint: 'What was asked of this server, and how it was answered. Open one to see its journey.',
  live: 'Live',
  others: 'Without superusers',
  guest: 'guest',
  server: 'server',
  hasJourney: 'Its journey is recorded',
  count_one: '{{shown}} request',
  count_other: '{{shown}} requests',
  columns: { time: 'Time', request: 'Request', who: 'Who', status: 'Status', took: 'Took' },
  filter: {
    label: 'Search or filter',
    wrong: 'This is no filter that the log understands. Look at the names of the fields and at the quotes.',
    placeholder: 'Words, or a filter such as data.status = 404',
  },
  kind: { label: 'Which requests', all: 'All', well: 'Well', refused: 'Refused', failed: 'Failed', slow: 'Slow', journeys: 'With journey' },
  span: { label: 'How far back', hour: '1 hour', day: '24 hours', week: '7 days' },
  zoom: { leave: 'Leave this stretch of time' },
  chart: {
    label: 'Requests over time. Choose a bar to look closer.',
    hint: 'Choose a bar to look closer',
    all_one: '{{count}} request, {{refused}} refused, {{failed}} failed',
    all_other: '{{count}} requests, {{refused}} refused, {{failed}} failed',
  },
  empty: {
    title: 'No requests here',
    text: 'As soon as somebody uses this server, what they asked appears here.',
    filtered: 'Nothing fits this choice. Try a longer stretch of time, or fewer conditions.',
  },
  pages: { first: 'First page', previous: 'Previous page', next: 'Next page', last: 'Last page', item: 'Page {{page}}' },
};

export default en;
