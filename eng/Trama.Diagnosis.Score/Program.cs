using Trama.Diagnosis;
using Trama.Diagnosis.Tests.Score;

// Scores the diagnosis on labelled captures, as they are or as strangers would have taken them; or says what it finds in files.
string[] names = [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))];
if (names.Length == 0)
{
    Console.Error.WriteLine("usage: Trama.Diagnosis.Score FOLDER [client] [server] [both] [--distorted] [--misses] [--all]");
    Console.Error.WriteLine("       Trama.Diagnosis.Score FILE... [--all]");
    Console.Error.WriteLine("  FOLDER has truth.json below it (the lab's), or TRUTH.tsv (strangers')");
    return 2;
}

return File.Exists(names[0]) ? Find(names, args.Contains("--all")) : Score(names, args);

static int Find(string[] files, bool withInfo)
{
    foreach (string file in files)
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
                if (finding.Severity >= Severity.Warning || withInfo) Console.WriteLine(
                    $"{Path.GetFileName(file)} #{connection.Id}: {ScoredCase.Describe(finding)}");
        }
    }

    return 0;
}

static int Score(string[] names, string[] args)
{
    bool isWild = File.Exists(Path.Combine(names[0], LabelledCase.WildTable));
    string[] vantages = names.Length > 1 ? names[1..] : isWild ? ["wild"] : args.Contains("--distorted") ? ["client", "server"]
        : ["client", "server", LabelledCase.Both];
    Distortion?[] ways = args.Contains("--distorted") ? [.. Distortion.All] : [null];
    foreach (string vantage in vantages)
    {
        var all = new List<ScoredCase>();
        foreach (Distortion? way in ways)
        {
            IEnumerable<LabelledCase> labelled = isWild ? LabelledCase.Wild(names[0]) : LabelledCase.Below(names[0], vantage);
            ScoredCase[] cases = [.. labelled.Select(one => ScoredCase.Of(one with { Distortion = way }))];
            all.AddRange(cases);
            string head = way is null ? vantage : $"{vantage}, {way.Name}";
            Console.WriteLine(way is null ? $"{head}: {ScoreTable.Of(cases)}" : $"{head}: {ScoreTable.Outcomes(cases)}");
            if (args.Contains("--misses")) Console.WriteLine(ScoreTable.Misses(cases));
            if (!args.Contains("--all")) continue;
            foreach (ScoredCase scored in cases)
                Console.WriteLine($"{(scored.IsRight ? "ok  " : "MISS")} {scored.Case.Name} {scored.Case.Vantage}: {scored.All}");
        }

        if (args.Contains("--distorted"))
            Console.WriteLine($"{vantage}, distorted: {ScoreTable.Outcomes(all)}\n{ScoreTable.Confidences(all)}");
    }

    return 0;
}
