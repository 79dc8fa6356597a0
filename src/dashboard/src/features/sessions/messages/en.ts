const en = { title: 'Sessions' };

export default en;
