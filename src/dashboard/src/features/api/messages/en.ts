const en = { title: 'API' };

export default en;
