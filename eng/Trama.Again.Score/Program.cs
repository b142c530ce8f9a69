using Trama.Again.Score;
using Trama.Captures;
using Trama.Lab.Reenacting;
using Trama.Replay.Again;
using Trama.Tracing;

// Has every capture of faults happen again, and says how often what came out is the same:
// dotnet run --project eng/Trama.Again.Score -- FOLDER > docs/again-score.md
// With --both, from the captures of both hosts together; with --whole, only of connections that were seen from their beginning to their
// end, in less than a minute.
const long MostNs = 60_000_000_000;
bool isBoth = args.Contains("--both"), isWhole = args.Contains("--whole");
string root = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? Path.Combine("..", "shared", "faults");
List<Outcome> outcomes = [];
foreach (string path in Directory.EnumerateFiles(root, "*.pcap*", SearchOption.AllDirectories).Order())
{
    if (isBoth && Path.GetFileName(path) != "client.pcap") continue;
    SeenCapture captured = Read(path, 1);
    if (captured.Seen is not { Segments.Count: > 0 } seen || isWhole && !IsWhole(seen)) continue;
    Scene scene = isBoth ? SceneReader.Read(seen, AtServer(path, seen)) : SceneReader.Read(seen);
    string folder = Directory.CreateTempSubdirectory("trama-again-").FullName;
    try
    {
        Reenactment.Run(scene, folder);
        string made = Path.Combine(folder, isBoth || PathGuess.Of(seen).IsAtClient ? "client.pcap" : "server.pcap");
        outcomes.Add(Outcome.Of(Path.GetRelativePath(root, path), captured, Read(made, scene.Number)));
        Console.Error.WriteLine(outcomes[^1]);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

Outcome.Write(Console.Out, outcomes);

static SeenCapture Read(string path, long number)
{
    using CaptureFile file = CaptureFile.Open(path);
    return SeenCapture.Read(file, number);
}

static SeenConnection AtServer(string client, SeenConnection seen)
{
    string server = Path.Combine(Path.GetDirectoryName(client)!, "server.pcap");
    using CaptureFile file = CaptureFile.Open(server);
    return Read(server, SeenCapture.Find(file, seen.Connection) ?? 1).Seen ?? seen;
}

static bool IsWhole(SeenConnection seen) => seen.Connection.State is ConnectionState.Closed or ConnectionState.Reset
    && seen.Connection.HandshakeNs is not null && seen.Segments[^1].At.Nanoseconds - seen.Segments[0].At.Nanoseconds < MostNs;
