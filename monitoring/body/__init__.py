"""The report to a public sector body on its site: Decision (EU) 2018/1524, Article 7."""
