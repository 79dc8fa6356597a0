const en = { title: 'API keys' };

export default en;
