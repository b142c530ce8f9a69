namespace Trama.EndToEnd.Tests;

/// <summary>Capture files for these tests, and what the machine must offer for others.</summary>
internal static class Captures
{
    private static readonly TemporaryFolder Made = new();
    private static int _count;

    static Captures() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Made.Dispose();

    /// <summary>The lesson's exchange on loopback: ten packets or so.</summary>
    public static string Lesson { get; } = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap");

    /// <summary>Skips the test where this user may not capture.</summary>
    public static async Task RequireLiveAsync()
    {
        TramaProcess.Ended devices = await TramaProcess.RunAsync(["dump", "-i", "lo", "-L"]);
        Assert.SkipUnless(devices.Code == 0, "this user may not capture on lo");
    }

    /// <summary>A file in a new folder that goes with the tests, with these bytes.</summary>
    public static string Temporary(string name, byte[] bytes)
    {
        string path = Path.Combine(Directory.CreateDirectory(Made[$"{Interlocked.Increment(ref _count)}"]).FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
