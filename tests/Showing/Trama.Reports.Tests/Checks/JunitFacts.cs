using System.Globalization;
using System.Xml.Linq;

namespace Trama.Reports.Tests.Checks;

/// <summary>What Jenkins and GitLab read of JUnit's XML, and what their schemas ask for.</summary>
internal static class JunitFacts
{
    /// <summary>Fails unless the text is a report of tests, with the counts of what is in it.</summary>
    public static XElement Check(string text)
    {
        XElement root = XDocument.Parse(text).Root!;
        Assert.Equal("testsuites", root.Name.LocalName);
        foreach (XElement suite in root.Elements())
        {
            Assert.Equal("testsuite", suite.Name.LocalName);
            Assert.All(suite.Elements(), test => Assert.Equal("testcase", test.Name.LocalName));
            Assert.Equal(Count(suite, "tests"), suite.Elements().Count());
            Assert.Equal(Count(suite, "failures"), suite.Elements().Count(test => test.Element("failure") is not null));
            Assert.Equal((0, 0), (Count(suite, "errors"), Count(suite, "skipped")));
            Assert.True(Count(suite, "tests") > 0);
            foreach (XElement test in suite.Elements())
            {
                Assert.NotEmpty(test.Attribute("name")!.Value);
                Assert.NotEmpty(test.Attribute("classname")!.Value);
                Assert.True(double.Parse(test.Attribute("time")!.Value, CultureInfo.InvariantCulture) >= 0);
                Assert.All(test.Elements(), part => Assert.True(part.Name.LocalName is "failure" or "system-out"));
            }
        }

        return root.Elements().Single();
    }

    private static int Count(XElement suite, string name) => int.Parse(suite.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
