using System.Net;
using System.Text.Json;

namespace Trama.Web.Tests;

/// <summary>What the page of a hub is answered, and who is.</summary>
public class HubPageServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Trama-Token", "guessed", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task Who_asks_shows_the_token_from_a_page_of_this_server(string header, string value, HttpStatusCode expected)
    {
        await using ServedHub served = await ServedHub.StartAsync();
        foreach (string question in (string[])["fleet", "edges", $"ladder?pair={served.Drawn.Name}&connection=1",
            $"ask?pair={served.Other.Name}"])
            Assert.Equal(expected, (await served.AskAsync(question, (header, value))).StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, served.Answer());
    }

    [Fact]
    public async Task Red_edges_come_first_and_lead_to_what_is_known_of_them()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        JsonElement edges = await AskedAsync(served, "edges");
        Assert.Equal(["192.0.2.80:443 True False", $"{ServedHub.Server} False True", "192.0.2.80:443 False False"],
            edges.GetProperty("rows").EnumerateArray()
                .Select(row => $"{row.GetProperty("server")} {row.GetProperty("bad")} {row.GetProperty("found")}"));
        Assert.Equal(1, (await AskedAsync(served, "edges?search=HEALTH")).GetProperty("count").GetInt32());
        Assert.Equal(2, (await AskedAsync(served, "edges?faults=1")).GetProperty("count").GetInt32());
        string between = $"client={ServedHub.Client}&server={ServedHub.Server}";
        JsonElement[] pairs = [.. (await AskedAsync(served, "pairs?" + between)).GetProperty("rows").EnumerateArray()];
        Assert.Equal([(served.Drawn.Name, true, "packet-loss", false), (served.Other.Name, false, "", true)], pairs.Select(pair => (
            pair.GetProperty("pair").GetString(), pair.GetProperty("ladder").GetBoolean(), pair.TryGetProperty("id", out JsonElement id)
                ? id.GetString() : "", pair.GetProperty("open").GetBoolean())));
        foreach (string list in (string[])["found?" + between, $"exchanges?{between}&operation=POST /orders"])
            Assert.Equal(served.Drawn.Name, (await AskedAsync(served, list)).GetProperty("rows")[0].GetProperty("pair").GetString());
        Assert.Equal(0, (await AskedAsync(served, $"exchanges?{between}&operation=other")).GetProperty("count").GetInt32());
        Assert.Equal(0, (await AskedAsync(served, "pairs?client=10.0.0.7&server=192.0.2.80:443")).GetProperty("count").GetInt32());
        JsonElement graph = (await AskedAsync(served, "fleet")).GetProperty("graph");
        Assert.Equal(3, graph.GetProperty("clients").GetArrayLength());
        Assert.Equal(2, graph.GetProperty("lines").EnumerateArray().Count(line => line.GetProperty("bad").GetBoolean()));
    }

    [Fact]
    public async Task A_pair_whose_headers_are_there_is_answered_as_two_captures_are()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        JsonElement capture = await AskedAsync(served, $"capture?pair={served.Drawn.Name}");
        Assert.Equal(["db", "web"], capture.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal("packet-loss", capture.GetProperty("findings")[0].GetProperty("id").GetString());
        JsonElement ladder = await AskedAsync(served, $"ladder?pair={served.Drawn.Name}&connection=1&count=1000");
        Assert.Contains(ladder.GetProperty("rows").EnumerateArray(), row => row.TryGetProperty("arrows", out JsonElement arrows)
            && arrows.EnumerateArray().Any(arrow => arrow.TryGetProperty("fate", out JsonElement fate) && fate.GetString() == "lost"));
    }

    [Theory]
    [InlineData("capture?pair=00000000000000000000000000000000")]
    [InlineData("capture?pair=../../../etc/passwd")]
    [InlineData("ask?pair=../../../etc/passwd")]
    [InlineData("ask?pair=00000000000000000000000000000000")]
    [InlineData("ask")]
    [InlineData("pcap")]
    [InlineData("pcap?connection=1")]
    public async Task What_is_not_there_is_not_there(string question)
    {
        await using ServedHub served = await ServedHub.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await served.AskAsync(question)).StatusCode);
    }

    [Fact]
    public async Task A_pair_that_is_asked_for_is_drawn_once_both_sensors_have_answered()
    {
        await using ServedHub served = await ServedHub.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await served.AskAsync($"capture?pair={served.Other.Name}")).StatusCode);
        JsonElement asked = await AskedAsync(served, $"ask?pair={served.Other.Name}");
        Assert.True(asked.GetProperty("asked").GetBoolean());
        // A second time is the same time.
        await AskedAsync(served, $"ask?pair={served.Other.Name}");
        Assert.True(served.Answer());
        Assert.False(served.Answer());
        asked = await AskedAsync(served, $"asked?pair={served.Other.Name}");
        Assert.Equal((false, true), (asked.GetProperty("asked").GetBoolean(), asked.GetProperty("ladder").GetBoolean()));
        Assert.Equal(HttpStatusCode.OK, (await served.AskAsync($"capture?pair={served.Other.Name}")).StatusCode);
    }

    private static async Task<JsonElement> AskedAsync(ServedHub served, string question)
    {
        HttpResponseMessage answer = await served.AskAsync(question);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{question}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
