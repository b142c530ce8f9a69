using Trama.Diagnosis;
using Trama.Diagnosis.Tests.Score;

// Scores the diagnosis on labelled captures: FOLDER [client] [server] [both] [--misses] [--all]; or says what it finds in FILE...
string[] names = [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))];
if (names.Length == 0)
{
    Console.Error.WriteLine("usage: Trama.Diagnosis.Score FOLDER [client] [server] [both] [--misses] [--all] | FILE...");
    return 2;
}

if (File.Exists(names[0]))
{
    foreach (string file in names)
    {
        CaptureDiagnosis diagnosis;
        try
        {
            diagnosis = ScoredCase.Diagnose(file);
        }
        catch (Trama.Captures.CaptureException)
        {
            continue;
        }

        foreach (ConnectionDiagnosis connection in diagnosis.Connections)
        {
            foreach (Finding finding in connection.Findings)
                if (finding.Severity >= Severity.Warning || args.Contains("--all")) Console.WriteLine(
                    $"{Path.GetFileName(file)} #{connection.Id}: {ScoredCase.Describe(finding)}");
        }
    }

    return 0;
}

string[] vantages = names.Length > 1 ? names[1..] : ["client", "server", LabelledCase.Both];
foreach (string vantage in vantages)
{
    ScoredCase[] cases = [.. LabelledCase.Below(names[0], vantage).Select(ScoredCase.Of)];
    Console.WriteLine($"{vantage}: {ScoreTable.Of(cases)}");
    if (args.Contains("--misses")) Console.WriteLine(ScoreTable.Misses(cases));
    if (!args.Contains("--all")) continue;
    foreach (ScoredCase scored in cases) Console.WriteLine(
        $"{(scored.IsRight ? "ok  " : "MISS")} {scored.Case.Name} {scored.Case.Vantage}: {scored.All}");
}

return 0;
