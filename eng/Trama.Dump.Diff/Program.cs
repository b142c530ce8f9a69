using System.Diagnostics;
using Trama.Dump.Protocols.Tests.Reference;

// dotnet run --project eng/Trama.Dump.Diff                   the share of identical files and lines
// dotnet run --project eng/Trama.Dump.Diff -- --list [-nv]   every capture that differs, with how many lines do
// dotnet run --project eng/Trama.Dump.Diff -- --first [-nv]  and the first line of each that does
// dotnet run --project eng/Trama.Dump.Diff -- [-nv] NAME     the difference of one capture (a part of its name will do)
// dotnet run --project eng/Trama.Dump.Diff -- --installed [-nv] FILE...   any capture against the tcpdump of this machine
// dotnet run --project eng/Trama.Dump.Diff -- --refresh      write the kept list of identical captures anew
string root = Path.GetDirectoryName(Environment.ProcessPath)!;
while (!File.Exists(Path.Combine(root, "Trama.slnx"))) root = Path.GetDirectoryName(root)!;
string folder = Path.GetFullPath(Path.Combine(root, "..", "shared", "captures"));
var names = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
var variants = Variant.All.Where(variant => names.Contains("-" + variant.Name)).ToList();
names.RemoveAll(name => name[0] == '-');
if (variants.Count == 0) variants = names.Count > 0 ? [Variant.All[0]] : [.. Variant.All];
if (args.Contains("--installed")) return CompareWithInstalled(names, variants);
var tally = new Tally();
var identical = new List<string>();
foreach (string capture in Comparison.CapturesIn(folder))
{
    if (names.Count > 0 && !names.Exists(name => capture.Contains(name, StringComparison.Ordinal))) continue;
    foreach (Variant variant in variants)
    {
        if (Comparison.Make(capture, variant) is not { } comparison) continue;
        tally.Add(comparison);
        if (comparison.IsIdentical) identical.Add(IdenticalList.Entry(comparison));
        else if (names.Count > 0) ShowDifference(comparison);
        else if (args.Contains("--list")) Console.WriteLine(
            $"{IdenticalList.Entry(comparison)}: {comparison.ExpectedLines.Length - comparison.CountIdenticalLines()}");
        else if (args.Contains("--first")) ShowFirst(comparison);
    }
}

if (args.Contains("--refresh")) IdenticalList.Write(root, identical);
Console.Write(tally);
return 0;

static int CompareWithInstalled(List<string> files, List<Variant> variants)
{
    int different = 0;
    foreach (string file in files)
    {
        foreach (Variant variant in variants)
        {
            var start = new ProcessStartInfo("tcpdump", ["-" + variant.Name, "-r", file])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["TZ"] = "UTC";
            using Process tcpdump = Process.Start(start)!;
            tcpdump.ErrorDataReceived += (_, _) => { };
            tcpdump.BeginErrorReadLine();
            using var expected = new MemoryStream();
            tcpdump.StandardOutput.BaseStream.CopyTo(expected);
            var comparison = new Comparison(file, variant, expected.ToArray(), Comparison.Print(file, variant.Options));
            if (comparison.IsIdentical) continue;
            different++;
            ShowDifference(comparison);
        }
    }

    return different == 0 ? 0 : 1;
}

static void ShowFirst(Comparison comparison)
{
    int at = comparison.ExpectedLines.Zip(comparison.ActualLines).TakeWhile(pair => pair.First == pair.Second).Count();
    Console.WriteLine(IdenticalList.Entry(comparison));
    Console.WriteLine($"  tcpdump: {comparison.ExpectedLines.ElementAtOrDefault(at)}");
    Console.WriteLine($"  trama:   {comparison.ActualLines.ElementAtOrDefault(at)}");
}

static void ShowDifference(Comparison comparison)
{
    string expected = Path.GetTempFileName(), actual = Path.GetTempFileName();
    try
    {
        File.WriteAllBytes(expected, comparison.Expected);
        File.WriteAllBytes(actual, comparison.Actual);
        string[] labels = ["-u", "--text", "--label", "tcpdump", "--label", "trama"];
        Process.Start("diff", [.. labels, expected, actual]).WaitForExit();
    }
    finally
    {
        File.Delete(expected);
        File.Delete(actual);
    }
}
