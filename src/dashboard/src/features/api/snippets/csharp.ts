import type { Subject, Writer } from '.';
import { literal } from './literals';
import { bodyOf, fileField, questionOf } from './samples';

const start = ({ base }: Subject) =>
  `using System.Net.Http.Headers;\nusing System.Net.Http.Json;\nusing System.Text.Json;\n\nusing var http = new HttpClient { BaseAddress = new Uri("${base}") };\n\n`;
const path = ({ collection }: Subject) => `/api/collections/${encodeURIComponent(collection.name)}`;
const read = 'answer.EnsureSuccessStatusCode();\nvar record = await answer.Content.ReadFromJsonAsync<JsonElement>();';

/** C# with what comes with .NET. */
export const csharp: Writer = {
  list: (subject) => {
    const { filter, sort } = questionOf(subject.collection);
    return `${start(subject)}var filter = Uri.EscapeDataString(${literal(filter, 'csharp')});\nvar page = await http.GetFromJsonAsync<JsonElement>($"${path(subject)}/records?perPage=30&sort=${sort}&filter={filter}");\n\nforeach (var record in page.GetProperty("items").EnumerateArray())\n    Console.WriteLine(record.GetProperty("id").GetString());`;
  },
  view: (subject) => `${start(subject)}var record = await http.GetFromJsonAsync<JsonElement>("${path(subject)}/records/RECORD_ID");`,
  create: (subject) =>
    `${start(subject)}var answer = await http.PostAsJsonAsync("${path(subject)}/records", ${literal(bodyOf(subject.collection), 'csharp')});\n${read}`,
  update: (subject) =>
    `${start(subject)}var answer = await http.PatchAsJsonAsync("${path(subject)}/records/RECORD_ID", ${literal(bodyOf(subject.collection, true), 'csharp')});\n${read}`,
  delete: (subject) =>
    `${start(subject)}var answer = await http.DeleteAsync("${path(subject)}/records/RECORD_ID");\nanswer.EnsureSuccessStatusCode();`,
  live: (subject) =>
    `${start(subject)}// The first line with data tells the id with which to say what is listened for.\nusing var stream = new StreamReader(await http.GetStreamAsync("/api/realtime"));\nwhile (await stream.ReadLineAsync() is { } line)\n{\n    if (!line.StartsWith("data:")) continue;\n    var news = JsonSerializer.Deserialize<JsonElement>(line[5..]);\n    if (news.TryGetProperty("clientId", out var clientId))\n        await http.PostAsJsonAsync("/api/realtime", new { clientId, subscriptions = new[] { "${subject.collection.name}/*" } });\n    else\n        Console.WriteLine(news);\n}`,
  signin: (subject) =>
    `${start(subject)}var answer = await http.PostAsJsonAsync("${path(subject)}/auth-with-password", new { identity = "ann@example.org", password = "a long password" });\nanswer.EnsureSuccessStatusCode();\nvar signIn = await answer.Content.ReadFromJsonAsync<JsonElement>();\n\n// From here on the token goes along with every request.\nhttp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signIn.GetProperty("token").GetString());`,
  files: (subject) => {
    const name = fileField(subject.collection)?.name ?? 'file';
    return `${start(subject)}using var form = new MultipartFormDataContent();\nform.Add(new StreamContent(File.OpenRead("photo.jpg")), "${name}", "photo.jpg");\nvar answer = await http.PatchAsync("${path(subject)}/records/RECORD_ID", form);\n${read}`;
  },
};
