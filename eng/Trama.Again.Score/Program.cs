using Trama.Again.Score;
using Trama.Captures;
using Trama.Lab.Reenacting;
using Trama.Replay.Again;

// Has every capture of faults happen again, and says how often what came out is the same:
// dotnet run --project eng/Trama.Again.Score -- FOLDER > docs/again-score.md
string root = args.Length > 0 ? args[0] : Path.Combine("..", "shared", "faults");
List<Outcome> outcomes = [];
foreach (string path in Directory.EnumerateFiles(root, "*.pcap", SearchOption.AllDirectories).Order())
{
    string name = Path.GetRelativePath(root, path);
    using CaptureFile file = CaptureFile.Open(path);
    var captured = SeenCapture.Read(file, 1);
    if (captured.Seen is not { Segments.Count: > 0 } seen) continue;
    string folder = Directory.CreateTempSubdirectory("trama-again-").FullName;
    try
    {
        Scene scene = SceneReader.Read(seen);
        Reenactment.Run(scene, folder);
        using CaptureFile made = CaptureFile.Open(Path.Combine(folder, PathGuess.Of(seen).IsAtClient ? "client.pcap" : "server.pcap"));
        outcomes.Add(Outcome.Of(name, captured, SeenCapture.Read(made, scene.Number)));
        Console.Error.WriteLine(outcomes[^1]);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

Outcome.Write(Console.Out, outcomes);
