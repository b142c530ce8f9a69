namespace Trama.EndToEnd.Tests;

public class SoakTests
{
    [Fact]
    public async Task Healthy_clients_are_answered_beside_rude_ones_and_the_counters_add_up()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(TestData.Program("python3"),
            [Path.Combine(TestData.Root, "eng", "soak"), TramaProcess.Binary, "2", "4"]);
        Assert.EndsWith("every healthy request answered, counters add up, nothing leaked\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.Code);
    }
}
