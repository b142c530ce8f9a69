using System.Text.Json;
using Trama.Fleet.Asking;
using Trama.Rows.Journals;

namespace Trama.Fleet.Tests.Asking;

/// <summary>Questions about rows, in the folder of a store.</summary>
public sealed class AskedRowsTests : IDisposable
{
    private static readonly RowQuestion s_question = new() { From = 1, To = 2, Where = "failed", Limit = 5 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_hub_takes_it_and_who_asked_has_what_each_sensor_answered()
    {
        Assert.Empty(new AskedRows(_folder.Path).Take());
        Task<IReadOnlyList<SensorRows>?> asking = Begin(["a", "b", "c"]);
        TakenQuestion taken = await TakenAsync(new AskedRows(_folder.Path));
        Assert.Empty(new AskedRows(_folder.Path).Take());
        Assert.Equal(s_question, taken.Question);
        Assert.Equal(["a", "b", "c"], taken.Sensors);
        using var rows = JsonDocument.Parse("""[{"operation":"GET /"}]""");
        Answer(taken, "a", [.. RowAnswer.Rows(rows.RootElement.EnumerateArray()), RowAnswer.End]);
        Answer(taken, "b", [RowAnswer.Note("no"), [1, 2, 3]]);
        AskedRows.Complete(taken);
        SensorRows[] answers = [.. (await asking)!];
        Assert.Equal(["a", "b", "c"], answers.Select(answer => answer.Sensor));
        Assert.Equal([true, false, false], answers.Select(answer => answer.IsWhole));
        Assert.Equal([1, 0, 0], answers.Select(answer => answer.Rows.Sum(message => message.Rows)));
        Assert.Equal(["no"], answers[1].Notes);
        Assert.Empty(Directory.GetFiles(_folder["questions"]));
        // What comes when who asked has gone is taken away.
        Answer(taken, "c", [RowAnswer.End]);
        AskedRows.Complete(taken);
        Assert.Empty(Directory.GetFiles(_folder["questions"]));
    }

    [Fact]
    public async Task Names_that_would_be_paths_or_many_subjects_are_not_asked()
    {
        foreach (string name in (string[])["../a", "*", "a.b", ""])
        {
            var hub = new AskedRows(_folder.Path);
            Assert.Empty(hub.Take());
            Task<IReadOnlyList<SensorRows>?> asking = Begin(["good", name]);
            while (!asking.IsCompleted) Assert.Empty(hub.Take());
            Assert.All((await asking)!, answer => Assert.False(answer.IsWhole));
        }
    }

    [Fact]
    public async Task No_more_wait_than_may()
    {
        Assert.Null(await Begin(["a"]));
        string[] waiting = [.. Enumerable.Range(0, AskedRows.Most).Select(i =>
            Path.Combine(Directory.CreateDirectory(_folder["questions"]).FullName, $"{i}.question"))];
        foreach (string path in waiting) await File.WriteAllTextAsync(path, "junk", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => Begin(["a"]));
        File.SetLastWriteTimeUtc(waiting[3], DateTime.UtcNow.AddHours(-1));
        Assert.Empty(new AskedRows(_folder.Path).Take());
        Assert.Equal(AskedRows.Most - 1, Directory.GetFiles(_folder["questions"], "*.taken").Length);
    }

    private Task<IReadOnlyList<SensorRows>?> Begin(string[] sensors) => Task.Run(() => new AskedRows(_folder.Path).Ask(
        s_question, sensors, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    private static async Task<TakenQuestion> TakenAsync(AskedRows hub)
    {
        while (true)
        {
            if (hub.Take() is [var taken]) return taken;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static void Answer(TakenQuestion taken, string sensor, byte[][] pieces)
    {
        using (FrameFile file = AskedRows.Begin(taken, sensor))
            foreach (byte[] piece in pieces) file.Append(piece);
        AskedRows.Finish(taken, sensor);
    }
}
