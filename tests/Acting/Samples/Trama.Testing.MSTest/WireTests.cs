namespace Trama.Testing.Samples;

/// <summary>Assertions on traffic in MSTest: one passes, one fails, and one skips its test, since a relay sees no segments.</summary>
[TestClass]
public class WireTests
{
    [TestMethod]
    public async Task Passes()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Inconclusive);
        wire.Should().HaveConnections(1).And.HaveRoundTrips(2).And.HaveNoFailures();
    }

    [TestMethod]
    public async Task Fails()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Inconclusive);
        wire.Should().HaveRoundTrips(9);
    }

    [TestMethod]
    public async Task Is_skipped()
    {
        await using Wire wire = await Conversation.SeenAsync(Assert.Inconclusive);
        wire.Should().HaveNoRetransmissions();
    }
}
