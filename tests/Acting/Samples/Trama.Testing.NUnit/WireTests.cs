using NUnit.Framework;

namespace Trama.Testing.Samples;

/// <summary>Assertions on traffic in NUnit: one passes, one fails, and one skips its test, since a relay sees no segments.</summary>
public class WireTests
{
    [Test]
    public async Task Passes()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Ignore);
        wire.Should().HaveConnections(1).And.HaveRoundTrips(2).And.HaveNoFailures();
    }

    [Test]
    public async Task Fails()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Ignore);
        wire.Should().HaveRoundTrips(9);
    }

    [Test]
    public async Task Is_skipped()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Ignore);
        wire.Should().HaveNoRetransmissions();
    }
}
