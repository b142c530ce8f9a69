using Trama.Captures;
using Trama.Lab.Reenacting;
using Trama.Replay.Again;

namespace Trama.Replay.Tests.Again;

/// <summary>What is read from a capture of what programs and path did.</summary>
public class SceneReaderTests
{
    [Fact]
    public void What_waited_in_a_queue_had_come_when_it_was_acknowledged()
    {
        // The upload's last bytes wait for more than half a second on their way; the server replies 2.5 ms after they are there.
        Scene scene = Read("rate-limited/v1/client.pcap");
        SceneStep reply = Assert.Single(scene.Server.Steps, step => step.Act == SceneAct.Write);
        Assert.Equal(220_004, reply.Needs);
        Assert.InRange(reply.AfterNs, 0, 40_000_000);
    }

    [Fact]
    public void What_a_sides_last_words_tell_to_have_gone_before_was_lost()
    {
        // The last packet of the capture, of a client that had been silent for a quarter of a second, has a number 16 KiB ahead.
        Scene scene = Read("mtu-black-hole/v1/server.pcap");
        SceneFate lost = Assert.Single(scene.Fates, fate => fate is { ToServer: true, Lost: SceneFate.All });
        Assert.Equal(351, lost.Offset);
        Assert.True(lost.Places > 10_000, $"{lost}");
    }

    private static Scene Read(string name)
    {
        using CaptureFile file = CaptureFile.Open(TestData.Shared($"faults/{name}"));
        return SceneReader.Read(SeenCapture.Read(file, 1).Seen!);
    }
}
