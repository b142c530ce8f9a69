using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>Rotation by size, by time and by both, with tcpdump's names.</summary>
public sealed class RotationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-rotation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_full_file_is_followed_by_one_with_a_number()
    {
        // 24 bytes of header and 116 a record: the second record makes the file larger than 200 bytes, the third begins a new one.
        Write(new Rotation { Path = PathOf("x.pcap"), MaximumBytes = 200 }, new SetClock(), records: 5);
        Assert.Equal(["x.pcap: 0 1", "x.pcap1: 2 3", "x.pcap2: 4"], Contents());
    }

    [Fact]
    public void With_a_number_of_files_the_oldest_is_written_again_and_names_sort()
    {
        Write(new Rotation { Path = PathOf("x"), MaximumBytes = 100, FileCount = 11 }, new SetClock(), records: 12);
        Assert.Equal(["x00: 11", .. Enumerable.Range(1, 10).Select(i => $"x{i:00}: {i}")], Contents());
    }

    [Fact]
    public void A_period_that_ended_is_followed_by_a_file_named_after_the_time()
    {
        var clock = new SetClock();
        Write(new Rotation { Path = PathOf("%H-%M-%S.pcap"), Period = TimeSpan.FromSeconds(10) }, clock, records: 5,
            step: TimeSpan.FromSeconds(4));
        Assert.Equal(["10-00-00.pcap: 0 1 2", "10-00-12.pcap: 3 4"], Contents());
    }

    [Fact]
    public void A_number_of_periods_ends_the_capture()
    {
        var clock = new SetClock();
        bool finished = Write(
            new Rotation { Path = PathOf("%s"), Period = TimeSpan.FromSeconds(5), FileCount = 2 }, clock, records: 9,
            step: TimeSpan.FromSeconds(5));
        Assert.True(finished);
        Assert.Equal(2, Contents().Count);
    }

    [Fact]
    public void Size_and_period_together_number_the_files_of_each_period()
    {
        var clock = new SetClock();
        Write(
            new Rotation { Path = PathOf("%S"), Period = TimeSpan.FromSeconds(3), MaximumBytes = 100 }, clock, records: 5,
            step: TimeSpan.FromSeconds(1));
        Assert.Equal(["00: 0", "001: 1", "002: 2", "03: 3", "031: 4"], Contents());
    }

    [Fact]
    public void A_finished_file_is_given_to_the_command_without_a_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command is a Unix one");
        string path = PathOf("a; touch b $(touch c)");
        Write(new Rotation { Path = path, MaximumBytes = 100, FinishedCommand = "gzip" }, new SetClock(), records: 2);

        Assert.True(SpinWait.SpinUntil(() => File.Exists(path + ".gz") && !File.Exists(path), TimeSpan.FromSeconds(20)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_command_that_is_not_there_does_not_end_the_capture()
    {
        using RotatingWriter writer = Open(new Rotation { Path = PathOf("x"), MaximumBytes = 100, FinishedCommand = "/nowhere/at all" },
            new SetClock());
        for (int i = 0; i < 3; i++) writer.Write(Record(i));
        Assert.Equal("/nowhere/at all", writer.CommandFailure?.Subject);
        writer.Flush();
        Assert.Equal(["x: 0", "x1: 1", "x2: 2"], Contents());
    }

    [Theory]
    [InlineData("%Y-%m-%dT%H:%M:%S%z", "2024-02-05T10:00:00+0000")]
    [InlineData("%y%j %e %a %A %b %B %u %w", "24036  5 Mon Monday Feb February 1 1")]
    [InlineData("%I%p %k %l %s %F %T %R %D %C", "10AM 10 10 1707127200 2024-02-05 10:00:00 10:00 02/05/24 20")]
    [InlineData("%U %W %V %G %g %c", "05 06 06 2024 24 Mon Feb  5 10:00:00 2024")]
    [InlineData("100%% %Q %", "100% %Q %")]
    public void Names_take_the_conversions_of_strftime(string pattern, string expected) =>
        Assert.Equal(expected, StrftimePattern.Format(pattern, SetClock.Start));

    private static Record Record(int i) => new(new Timestamp(i * 1_000_000_000L), LinkType.Ethernet, new byte[100], 100);

    private static RotatingWriter Open(Rotation rotation, TimeProvider clock) =>
        new(rotation, path => new PcapWriter(path, LinkType.Ethernet), clock);

    private static bool Write(Rotation rotation, SetClock clock, int records, TimeSpan step = default)
    {
        using RotatingWriter writer = Open(rotation, clock);
        for (int i = 0; i < records; i++)
        {
            writer.Write(Record(i));
            clock.Now += step;
        }

        return writer.IsFinished;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    // A line a file: its name, and the seconds of its records.
    private List<string> Contents()
    {
        List<string> lines = [];
        foreach (string path in Directory.GetFiles(_folder).Order(StringComparer.Ordinal))
        {
            using CaptureFile file = CaptureFile.Open(path);
            lines.Add($"{Path.GetFileName(path)}: {string.Join(' ', KeptRecord.ReadAll(file).Select(record => record.Timestamp.Seconds))}");
        }

        return lines;
    }

    private sealed class SetClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2024, 2, 5, 10, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
