const en = { title: 'Overview' };

export default en;
