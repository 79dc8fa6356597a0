const en = { title: 'Welcome' };

export default en;
