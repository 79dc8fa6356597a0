const en = { title: 'SQL console' };

export default en;
