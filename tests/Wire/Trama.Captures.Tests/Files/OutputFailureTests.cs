using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>Files that cannot be opened or written are told by what kind of failure it is, and by name.</summary>
public class OutputFailureTests
{
    [Fact]
    public void A_full_medium_is_told_with_the_files_name()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using var writer = new PcapWriter("/dev/full", LinkType.Ethernet);

        CaptureException error = Assert.Throws<CaptureException>(writer.Flush);

        Assert.Equal((CaptureFailure.NoSpace, "/dev/full"), (error.Failure, error.Subject));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Whole_records_that_fit_before_the_medium_was_full_stay_readable(int flushed)
    {
        const int Header = 24, RecordLength = 16 + 100, Fitting = 4;
        var medium = new SmallMedium(capacity: Header + Fitting * RecordLength + 12);
        var writer = new PcapWriter(medium, LinkType.Ethernet);
        var record = new Record(new Timestamp(1_000), LinkType.Ethernet, new byte[100], 100);
        for (int i = 0; i < flushed; i++) writer.Write(record);
        writer.Flush();
        for (int i = flushed; i < Fitting + 2; i++) writer.Write(record);

        Assert.Equal(CaptureFailure.NoSpace, Assert.Throws<CaptureException>(writer.Flush).Failure);
        writer.Dispose();

        Assert.Equal(Fitting, KeptRecord.ReadAll(medium.ToArray(), out CaptureEnd end).Count);
        Assert.True(end.IsComplete);
    }

    [Theory]
    [InlineData("/nowhere/at/all.pcap", CaptureFailure.NotFound)]
    [InlineData("/", CaptureFailure.IsFolder)]
    public void A_path_that_cannot_be_used_is_told(string path, CaptureFailure failure)
    {
        Assert.Equal(failure, Assert.Throws<CaptureException>(() => CaptureFile.Open(path)).Failure);
        Assert.Equal(failure, Assert.Throws<CaptureException>(() => new PcapWriter(path, LinkType.Ethernet)).Failure);
    }

    [Fact]
    public void A_device_that_does_not_exist_is_told()
    {
        CaptureException error = Assert.Throws<CaptureException>(() => Live.LoopbackCaptureTests.Open("no-such-device"));
        Assert.Equal((CaptureFailure.NotFound, "no-such-device"), (error.Failure, error.Subject));
    }

    [Fact]
    public void A_wrong_filter_is_told_in_libpcaps_words()
    {
        CaptureException error = Assert.Throws<CaptureException>(() =>
            Captures.Filters.PacketFilter.Compile("tcp porrt 80", LinkType.Ethernet));
        Assert.Equal((CaptureFailure.BadFilter, "tcp porrt 80"), (error.Failure, error.Subject));
        Assert.NotEmpty(error.Detail);
    }

    // Takes part of a write that does not fit, as a disk does.
    private sealed class SmallMedium(int capacity) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            int room = (int)Math.Min(count, capacity - Length);
            base.Write(buffer, offset, room);
            if (room < count) throw new IOException("No space left on device") { HResult = 28 };
        }
    }
}
