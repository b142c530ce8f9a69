using System.Globalization;
using Trama.Lab.Faults;
using Trama.Lab.Make;
using Trama.Namespaces;

string? output = args is [var folder, ..] && !folder.StartsWith('-') ? folder : null;
int seed = int.Parse(Option("--seed") ?? "1", CultureInfo.InvariantCulture);
int count = int.Parse(Option("--count") ?? "1", CultureInfo.InvariantCulture);
int together = int.Parse(Option("--together") ?? "12", CultureInfo.InvariantCulture);
string? only = Option("--label");
var kinds = Catalogue.Labels.ToDictionary(entry => entry.Key, entry => entry.Value);
kinds[Clean.Label] = [.. kinds[Clean.Label], TlsConversation.Draw];
if (output is null || (only is not null && !kinds.ContainsKey(only)))
{
    Console.Error.WriteLine("usage: Trama.Lab.Make OUT [--seed S] [--count N] [--label L] [--together N]");
    Console.Error.WriteLine("labels: " + string.Join(' ', kinds.Keys));
    return 2;
}

// Variants are interleaved, so that the slow labels are not all at the end; every kind comes at least once.
(string Label, int Number)[] cases =
[
    .. kinds.Where(entry => only is null || entry.Key == only)
        .SelectMany(entry => Enumerable.Range(0, Math.Max(count, entry.Value.Count)).Select(number => (entry.Key, number)))
        .OrderBy(entry => entry.number),
];
var report = new Report();
int next = 0;
var threads = Enumerable.Range(0, Math.Min(together, cases.Length)).Select(_ => new Thread(Work)).ToList();
threads.ForEach(thread => thread.Start());
threads.ForEach(thread => thread.Join());
report.Print();
return report.Failed == 0 ? 0 : 1;

void Work()
{
    while (Interlocked.Increment(ref next) - 1 is var index && index < cases.Length)
    {
        (string label, int number) = cases[index];
        try
        {
            report.Add(label, new Case(output!, seed, label, number, kinds[label]).Make());
        }
        catch (NamespaceException error)
        {
            Console.Error.WriteLine(error.Message);
            Environment.Exit(1);
        }
    }
}

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
