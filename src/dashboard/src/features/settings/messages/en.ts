const en = { title: 'Settings' };

export default en;
