using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests.Architecture;

/// <summary>What the compiled code shows of the projects' inner order.</summary>
public class CompiledCodeTests
{
    private static readonly Dictionary<string, CompiledProject> Compiled = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        .Where(path => Regex.IsMatch(Path.GetFileName(path), @"^(trama(-mcp|-hub)?\.dll|Trama\.(?!.*Tests).*)$"))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => new CompiledProject(path));

    public static TheoryData<string> Projects => [.. Compiled.Keys];

    // What lies in a folder and what lies in one below it may know each other: shared words above, what is made of them below.
    [Theory, MemberData(nameof(Projects))]
    public void Folders_side_by_side_form_no_circle(string project)
    {
        Dictionary<string, Dictionary<string, string>> uses = [];
        foreach ((string from, string to) in Compiled[project].TypeUses)
        {
            if (Apart(from, to) is not var (user, used)) continue;
            if (!uses.TryGetValue(user, out Dictionary<string, string>? all)) all = uses[user] = [];
            all.TryAdd(used, $"{from} uses {to}");
        }

        string[] circles = [.. Circles(uses)];
        Assert.True(circles.Length == 0, string.Join('\n', circles));
    }

    [Fact]
    public void Every_member_has_a_user()
    {
        HashSet<string> used = [.. Compiled.Values.SelectMany(project => project.Used)];
        // What builds without assertions leave out has a user all the same.
        IEnumerable<string> assertions = Sources("src").SelectMany(File.ReadLines)
            .Where(line => line.Contains("Debug.Assert(", StringComparison.Ordinal));
        string tests = string.Join('\n', Sources("tests").Select(File.ReadAllText).Concat(assertions));
        string[] dead = [.. Compiled.Values.SelectMany(project => project.Members).Select(member => $"{member.Type}.{member.Name}")
            .Distinct().Where(member => !IsUsed(member)).Order()];
        Assert.True(dead.Length == 0, string.Join('\n', dead));

        // A property that is only set is used by whoever sets it; what tests alone look at has a user too.
        bool IsUsed(string member)
        {
            string name = member[(member.LastIndexOf('.') + 1)..].Replace("get_", "", StringComparison.Ordinal);
            return used.Contains(member) || used.Contains(member.Replace(".get_", ".set_", StringComparison.Ordinal))
                || Regex.IsMatch(tests, $@"\b{name}\b");
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Root, folder), "*.cs", SearchOption.AllDirectories);

    // The two folders, below the deepest one that holds both types, in which they lie; null where one of the types lies in that folder
    // itself.
    private static (string User, string Used)? Apart(string from, string to)
    {
        string[] user = from.Split('.')[..^1], used = to.Split('.')[..^1];
        int shared = user.Zip(used).TakeWhile(pair => pair.First == pair.Second).Count();
        return shared < 2 || shared == user.Length || shared == used.Length
            ? null
            : (string.Join('.', user[..(shared + 1)]), string.Join('.', used[..(shared + 1)]));
    }

    // The shortest way from each folder back to itself, told by a type that uses another on each step.
    private static IEnumerable<string> Circles(Dictionary<string, Dictionary<string, string>> uses)
    {
        foreach (string start in uses.Keys)
        {
            Dictionary<string, string> cameFrom = [];
            var open = new Queue<string>([start]);
            while (open.TryDequeue(out string? folder))
            {
                foreach (string next in uses.GetValueOrDefault(folder, []).Keys)
                {
                    if (cameFrom.TryAdd(next, folder)) open.Enqueue(next);
                }
            }

            if (!cameFrom.TryGetValue(start, out string? last)) continue;
            var path = new List<string> { start };
            for (; last != start; last = cameFrom[last]) path.Insert(0, last);
            path.Insert(0, start);
            yield return string.Join(", ", path.Zip(path.Skip(1), (user, used) => uses[user][used]));
        }
    }
}
