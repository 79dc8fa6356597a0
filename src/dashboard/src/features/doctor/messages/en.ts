const en = { title: 'Check-up' };

export default en;
