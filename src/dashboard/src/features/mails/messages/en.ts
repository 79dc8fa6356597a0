const en = { title: 'Mail' };

export default en;
