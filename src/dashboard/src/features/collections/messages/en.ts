const en = { title: 'Collections' };

export default en;
