using System.Text;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Rows.Journals;

namespace Trama.Fleet.Asking;

/// <summary>
/// Questions about rows of sensors, as files in a hub's store: who asks puts one there, a hub takes it and puts the answers beside it, and
/// who asked takes all of them away. All are in one folder, the hub's, so that who asks may be another user who may write there.
/// </summary>
/// <param name="store">The hub's store.</param>
public sealed class AskedRows(string store)
{
    /// <summary>How many questions may wait.</summary>
    public const int Most = 16;

    /// <summary>How many sensors are asked at most by one question.</summary>
    public const int MostSensors = 10_000;

    private const string Asked = ".question", Taken = ".taken", Done = ".done", Answer = ".answer", Unfinished = ".part";
    private const int MostBytes = RowQuestion.MaxLength + (MostSensors * (HeldMessage.MaxName + 1)) + 1;

    // A hub looks every two seconds.
    private static readonly TimeSpan s_noHub = TimeSpan.FromSeconds(10), s_look = TimeSpan.FromMilliseconds(50),
        s_longest = TimeSpan.FromMinutes(5);

    private readonly string _folder = Path.Combine(store, "questions");

    /// <summary>Asks, and waits for the answers.</summary>
    /// <param name="question">The question.</param>
    /// <param name="sensors">The sensors.</param>
    /// <param name="stop">Waits no longer.</param>
    /// <returns>What came; null where no hub took the question.</returns>
    /// <exception cref="IOException">The store cannot be written, or too many wait.</exception>
    /// <exception cref="UnauthorizedAccessException">Whoever asks may not write it.</exception>
    public IReadOnlyList<SensorRows>? Ask(RowQuestion question, IReadOnlyList<string> sensors, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(sensors);
        if (sensors.Count == 0) return [];
        if (!Directory.Exists(_folder)) return null;
        if (Directory.EnumerateFiles(_folder, "*" + Asked).Take(Most).Count() == Most)
            throw new IOException($"{_folder}: {Most} questions wait already");
        string own = Path.Combine(_folder, $"{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(own + Unfinished, [.. question.ToBytes(), .. Encoding.ASCII.GetBytes('\n' + string.Join('\n', sensors))]);
            File.Move(own + Unfinished, own + Asked);
            if (!Wait(() => !File.Exists(own + Asked), s_noHub, stop)) return null;
            // Not all sensors are asked at the same time; a hub that was killed answers no more.
            _ = Wait(() => File.Exists(own + Done), s_longest, stop);
            return [.. sensors.Select(sensor => Read(own, sensor))];
        }
        finally
        {
            Clear(own);
        }
    }

    /// <summary>Takes those that no other hub has taken, and makes the folder for them. Each is to be given to <see cref="Complete"/> in
    /// the end.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public IReadOnlyList<TakenQuestion> Take()
    {
        Directory.CreateDirectory(_folder);
        var taken = new List<TakenQuestion>();
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles().ToArray())
        {
            // Of somebody who was killed.
            if (file.LastWriteTimeUtc < DateTime.UtcNow - 2 * s_longest) file.Delete();
            else if (file.Extension == Asked && taken.Count < Most
                && TryTake(Path.ChangeExtension(file.FullName, null)) is { } question) taken.Add(question);
        }

        return taken;
    }

    /// <summary>Begins the answer of a sensor.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static FrameFile Begin(TakenQuestion taken, string sensor)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return new FrameFile(Of(taken.Path, sensor) + Unfinished);
    }

    /// <summary>A sensor's answer is whole.</summary>
    /// <exception cref="IOException">Who asked has gone.</exception>
    public static void Finish(TakenQuestion taken, string sensor)
    {
        ArgumentNullException.ThrowIfNull(taken);
        File.Move(Of(taken.Path, sensor) + Unfinished, Of(taken.Path, sensor) + Answer);
    }

    /// <summary>All sensors have answered, or will not; what is there of a question whose asker has gone is taken away.</summary>
    public static void Complete(TakenQuestion taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        if (File.Exists(taken.Path + Taken)) File.WriteAllBytes(taken.Path + Done, []);
        else Clear(taken.Path);
    }

    // Of several that take it, one finds it.
    private static TakenQuestion? TryTake(string path)
    {
        try
        {
            File.Move(path + Asked, path + Taken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        TakenQuestion? taken = new FileInfo(path + Taken).Length > MostBytes ? null : Read(path, File.ReadAllBytes(path + Taken));
        if (taken is null) File.WriteAllBytes(path + Done, []);
        return taken;
    }

    private static TakenQuestion? Read(string path, byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || RowQuestion.Read(bytes.AsSpan(0, end)) is not { } question) return null;
        // The names become part of subjects and of files' names.
        string[] sensors = Encoding.ASCII.GetString(bytes.AsSpan(end + 1)).Split('\n');
        return sensors.All(HeldMessage.IsName) ? new TakenQuestion(path, question, [.. sensors.Distinct().Take(MostSensors)]) : null;
    }

    private static SensorRows Read(string own, string sensor)
    {
        var (rows, notes, isWhole) = (new List<FleetMessage>(), new List<string>(), false);
        string path = Of(own, sensor) + Answer;
        if (!File.Exists(path)) return new SensorRows(sensor, rows, notes, false);
        using var frames = new FrameReader(File.OpenRead(path));
        while (frames.TryRead(out ReadOnlySpan<byte> piece))
        {
            if (!RowAnswer.TryRead(piece.ToArray(), out FleetMessage? message, out string? note, out bool isEnd)) continue;
            if (message is { } some) rows.Add(some);
            if (note is not null) notes.Add(note);
            isWhole |= isEnd;
        }

        return new SensorRows(sensor, rows, notes, isWhole);
    }

    private static string Of(string question, string sensor) => $"{question}.{sensor}";

    private static void Clear(string question)
    {
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(question)!, Path.GetFileName(question) + ".*").ToArray())
            File.Delete(file);
    }

    private static bool Wait(Func<bool> until, TimeSpan longest, CancellationToken stop)
    {
        for (long begun = Environment.TickCount64; !until(); stop.WaitHandle.WaitOne(s_look))
            if (stop.IsCancellationRequested || Environment.TickCount64 - begun > longest.TotalMilliseconds) return false;
        return true;
    }
}
